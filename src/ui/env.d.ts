/** The version of package.json, put in at build time. */
declare const __AFFIDAVIT_VERSION__: string;
