import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';

type Look = 'primary' | 'plain' | 'quiet';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={[styles.button, styles[look], className].filter(Boolean).join(' ')} {...rest} />
  );
}

interface ButtonLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly look?: Look;
}

/** A link that looks like a button: it goes somewhere, so it stays a link. */
export function ButtonLink({ look = 'plain', className, children, ...rest }: ButtonLinkProps) {
  return (
    <a className={[styles.button, styles[look], className].filter(Boolean).join(' ')} {...rest}>
      {children}
    </a>
  );
}
