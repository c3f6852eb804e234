/* The device in a test: `open` and `ioctl` as the program under test calls them. The request goes to a file, the answer comes from one. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

int __wrap_open(const char *path, int flags, ...) {
  (void)flags;
  return strcmp(path, "/dev/nsm") == 0 ? 77 : -1;
}

int __wrap_ioctl(int device, unsigned long number, ...) {
  va_list arguments;
  va_start(arguments, number);
  struct iovec *message = va_arg(arguments, struct iovec *);
  va_end(arguments);
  /* _IOWR(0x0A, 0, 32 bytes): the number that the driver in the kernel knows. */
  if (device != 77 || number != 0xC0200A00UL) return -1;
  FILE *asked = fopen(getenv("NSM_REQUEST"), "wb");
  fwrite(message[0].iov_base, 1, message[0].iov_len, asked);
  fclose(asked);
  FILE *answer = fopen(getenv("NSM_RESPONSE"), "rb");
  if (answer == NULL) return -1;
  message[1].iov_len = fread(message[1].iov_base, 1, message[1].iov_len, answer);
  fclose(answer);
  return 0;
}
