#!/bin/sh
# An enclave has no network: the parent instance reaches the sequencer's socket over vsock, port 5005. When the sequencer ends, the enclave ends.
set -eu
socat VSOCK-LISTEN:5005,fork,reuseaddr UNIX-CONNECT:/run/sequencer.sock &
cd /app
exec node --import tsx src/services/sequencer/main.ts \
  --writer-key "$WRITER_KEY" --timestamp /pin.json --listen unix:/run/sequencer.sock --nsm-command /usr/bin/nsm-attest
