/** Digests that certify nothing, and what they are digests of. */
const sentinels: Readonly<Record<string, string>> = {
  '17bf4b46701313ea8fbaf838c24b8647d39bff0a9d2b45f403cb72ba420bd4bd':
    'the words “[object ArrayBuffer]”: a program hashed the name of a kind of object in place of the file',
  b28c94b2195c8ed259f0b415aaee3f39b0b2920a4537611499fa044956917a21:
    'the words “[object Object]”: a program hashed the name of a kind of object in place of the file',
  '0a69c09f7c1eca87a0a6fb108e3aeb1929a2e4bb732a021612730325fd5875b2':
    'the words “[object File]”: a program hashed the name of a kind of object in place of the file',
  b4e6060006b920bc021110ea8ab8d67744983e2b7ff75e1c8be5613af93f687d:
    'the words “[object Promise]”: a program hashed the name of a kind of object in place of the file',
  eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c:
    'the word “undefined”, where a file should have been',
  '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b': 'the word “null”, where a file should have been',
  e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855: 'nothing at all, an empty file',
};

/** What a digest is the digest of where that is no content, or undefined. @param hex lower-case, without 0x */
export function sentinelOf(hex: string): string | undefined {
  if (/^(0+|f+)$/.test(hex)) return 'nothing: it is a filling of one digit, which no hash gives';
  return Object.hasOwn(sentinels, hex) ? sentinels[hex] : undefined;
}
