/** The configuration of a Ceph of one monitor, one OSD in memory and one gateway, which nobody but this machine reaches. */
export function cephConf(options: {
  /** Where its plugins are. */
  readonly tree: string;
  readonly work: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly port: number;
}): string {
  const { tree, work, fsid, monitorPort, port } = options;
  return `[global]
fsid = ${fsid}
auth cluster required = none
auth service required = none
auth client required = none
mon host = v1:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
run dir = ${work}/run
crash dir = ${work}/run
pid file = ${work}/run/$name.pid
admin socket = ${work}/run/$name.$pid.asok
log file = ${work}/$name.log
plugin dir = ${tree}/ceph
erasure code dir = ${tree}/ceph/erasure-code
osd class dir = ${tree}/rados-classes
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon data = ${work}/mon
mon data avail warn = 1
mon data avail crit = 1
osd data = ${work}/osd
osd objectstore = memstore
rgw data = ${work}/rgw

[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${port}
`;
}
