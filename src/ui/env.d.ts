/** The version of package.json, put in at build time. */
declare const __AFFIDAVIT_VERSION__: string;

/** A page that checks itself, without a certificate: built by `vite.config.ts`. */
declare module 'virtual:certificate-page/*' {
  export const html: string;
}
