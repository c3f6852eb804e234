import { CertificateElement } from './certificateElement.ts';

/** `embed.js`: defines the element, once for a page. */
if (!customElements.get('affidavit-certificate')) customElements.define('affidavit-certificate', CertificateElement);
