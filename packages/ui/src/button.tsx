import type { ComponentProps } from "react";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";
export type ButtonSize = "normal" | "large";

/** The classes of a button, for links that act as one. */
export const buttonClass = (look: ButtonLook = "plain", size: ButtonSize = "normal"): string =>
  `inline-flex items-center justify-center gap-2 rounded-control font-semibold transition-colors ${sizes[size]} ${looks[look]}`;

interface ButtonProps extends ComponentProps<"button"> {
  look?: ButtonLook;
  size?: ButtonSize;
  /** While it works: it stays in place, says so, and takes no second press. */
  busy?: boolean;
}

export function Button({ look, size, busy = false, className = "", type = "button", onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      // Not `disabled` while busy: a disabled button would drop the keyboard's focus.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${buttonClass(look, size)} ${className}`}
    />
  );
}

const sizes: Record<ButtonSize, string> = {
  normal: "min-h-11 px-4 text-base",
  large: "min-h-13 px-6 text-lg",
};

const resting = "disabled:border-line disabled:bg-sunken disabled:text-ink-soft aria-busy:opacity-70";

const looks: Record<ButtonLook, string> = {
  primary: `border border-accent bg-accent text-accent-ink hover:border-accent-strong hover:bg-accent-strong ${resting}`,
  plain: `border border-edge bg-surface text-ink hover:border-ink ${resting}`,
  quiet: "text-ink underline decoration-edge underline-offset-4 hover:decoration-ink",
  danger: `border border-no bg-no text-no-ink hover:opacity-90 ${resting}`,
};
