/*
 * Asks the Nitro Security Module for one attestation document: what `nsmCommand.ts` starts for each.
 *
 * In:  one line of JSON, {"user_data":"…","public_key":"…","nonce":"…"}, each base64 or null, in any order.
 * Out: the document in base64. Exit 0, or 1 with words on standard error.
 *
 * The device takes one ioctl, _IOWR(0x0A, 0, two iovecs), with a request and room for the answer, both in CBOR (nsm-api, driver and
 * Request/Response): {"Attestation": {"user_data": bstr / null, "nonce": …, "public_key": …}} and {"Attestation": {"document": bstr}}.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

struct nsm_message {
  struct iovec request;
  struct iovec response;
};
#define NSM_IOCTL _IOWR(0x0A, 0, struct nsm_message)

/* The device's own bounds are 4 KiB and 12 KiB; fields have at most 1 KiB each. */
enum { FIELD = 1024, LINE = 3 * 2048, REQUEST = 4096, RESPONSE = 0x3000 };

static const char *alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void fail(const char *words) {
  fprintf(stderr, "nsm-attest: %s\n", words);
  exit(1);
}

static uint8_t request[REQUEST];
static size_t length;

static void put(const void *bytes, size_t count) {
  if (length + count > REQUEST) fail("the request is too long");
  memcpy(request + length, bytes, count);
  length += count;
}

/* A head of major type 2 (bytes) or 3 (text), RFC 8949 §3. */
static void put_string(int major, const void *bytes, size_t count) {
  uint8_t head[3] = {(uint8_t)(major << 5 | 25), (uint8_t)(count >> 8), (uint8_t)count};
  if (count < 24) {
    head[0] = (uint8_t)(major << 5 | count);
    put(head, 1);
  } else if (count < 256) {
    head[0] = (uint8_t)(major << 5 | 24);
    head[1] = (uint8_t)count;
    put(head, 2);
  } else {
    put(head, 3);
  }
  put(bytes, count);
}

static size_t from_base64(const char *text, size_t count, uint8_t *bytes) {
  uint32_t bits = 0;
  int held = 0;
  size_t made = 0;
  for (size_t i = 0; i < count && text[i] != '='; i++) {
    const char *found = memchr(alphabet, text[i], 64);
    if (found == NULL) fail("a field is not base64");
    bits = bits << 6 | (uint32_t)(found - alphabet);
    held += 6;
    if (held >= 8) {
      held -= 8;
      if (made == FIELD) fail("a field is longer than 1024 bytes");
      bytes[made++] = (uint8_t)(bits >> held);
    }
  }
  return made;
}

/* The base64 behind a name, or null, as a member of the request's map. */
static void put_field(const char *line, const char *name) {
  static uint8_t bytes[FIELD];
  char key[32];
  snprintf(key, sizeof key, "\"%s\":", name);
  put_string(3, name, strlen(name));
  const char *value = strstr(line, key);
  if (value == NULL) fail("a field is missing");
  value += strlen(key);
  if (strncmp(value, "null", 4) == 0) {
    put("\xf6", 1);
    return;
  }
  const char *end = *value == '"' ? strchr(value + 1, '"') : NULL;
  if (end == NULL) fail("a field is neither null nor a string");
  put_string(2, bytes, from_base64(value + 1, (size_t)(end - value - 1), bytes));
}

static void print_base64(const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i += 3) {
    size_t left = count - i;
    uint32_t bits = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
    putchar(alphabet[bits >> 18]);
    putchar(alphabet[bits >> 12 & 63]);
    putchar(left > 1 ? alphabet[bits >> 6 & 63] : '=');
    putchar(left > 2 ? alphabet[bits & 63] : '=');
  }
  putchar('\n');
}

/* The bytes behind the key "document"; whoever started this parses what they are. */
static void print_document(const uint8_t *answer, size_t count) {
  static const char key[] = "\x68" "document";
  const uint8_t *found = memmem(answer, count, key, sizeof key - 1);
  if (found == NULL) fail(memmem(answer, count, "Error", 5) ? "the device answered with an error" : "the device gave no document");
  const uint8_t *head = found + sizeof key - 1;
  size_t left = count - (size_t)(head - answer);
  if (left < 3) fail("the answer is cut off");
  size_t size = 0, skip = 0;
  if (head[0] == 0x58) {
    size = head[1];
    skip = 2;
  } else if (head[0] == 0x59) {
    size = (size_t)head[1] << 8 | head[2];
    skip = 3;
  } else {
    fail("the document is not a byte string");
  }
  if (skip + size > left) fail("the document is cut off");
  print_base64(head + skip, size);
}

int main(void) {
  static char line[LINE];
  static uint8_t answer[RESPONSE];
  if (fgets(line, sizeof line, stdin) == NULL) fail("there is no request");
  if (strchr(line, '\n') == NULL) fail("the request is too long");
  put("\xa1", 1);
  put_string(3, "Attestation", 11);
  put("\xa3", 1);
  put_field(line, "user_data");
  put_field(line, "nonce");
  put_field(line, "public_key");
  int device = open("/dev/nsm", O_RDWR | O_CLOEXEC);
  if (device < 0) fail("/dev/nsm cannot be opened: is this an enclave?");
  struct nsm_message message = {{request, length}, {answer, sizeof answer}};
  if (ioctl(device, NSM_IOCTL, &message) != 0) fail("the device refused the request");
  if (message.response.iov_len > sizeof answer) fail("the answer is too long");
  print_document(answer, message.response.iov_len);
  return 0;
}
