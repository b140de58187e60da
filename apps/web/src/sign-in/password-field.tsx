import { longestPassword, shortestPassword } from "@tessera/contracts";
import { Field } from "@tessera/ui";
import { type ComponentProps, useState } from "react";
import { passwordWords, words } from "./words.ts";

interface PasswordFieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A password, hidden until somebody wants to see it. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="grid">
      <Field autoComplete="current-password" {...props} type={isShown ? "text" : "password"} />
      <label className="flex min-h-11 items-center gap-2.5 text-sm">
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} className="size-5" />
        {words.showPassword}
      </label>
    </div>
  );
}

/** What a password has to be that somebody chooses. */
export const newPasswordRules = {
  required: words.passwordMissing,
  minLength: { value: shortestPassword, message: passwordWords.tooShort(shortestPassword) },
  maxLength: { value: longestPassword, message: passwordWords.tooLong(longestPassword) },
};

export const newPasswordHint = passwordWords.hint(shortestPassword);
