import { Button, type ButtonLook, Field } from "@tessera/ui";
import type { ReactNode } from "react";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { becauseRules } from "./because.ts";
import { words } from "./words.ts";

interface ActDialogProps {
  title: string;
  /** What will happen, and how to undo it. */
  children: ReactNode;
  submit: string;
  look?: ButtonLook;
  /** Where the act is dangerous: what has to be typed to confirm it. */
  typed?: string;
  /** @returns Why it was refused, in words; null when it was done. */
  act: (because: string) => Promise<string | null>;
  onClose: () => void;
}

/** An act that wants a reason. What was typed stays when it is refused or fails. */
export function ActDialog({ title, children, submit, look = "primary", typed, act, onClose }: ActDialogProps) {
  const { register, handleSubmit, formState, setError } = useForm<{ because: string; name: string }>();
  const { errors, isSubmitting } = formState;

  const send = async ({ because }: { because: string }) => {
    const refused = await act(because.trim()).catch((error: FailedCall | Error) => failureWords(error));
    if (refused === null) onClose();
    else setError("root", { message: refused });
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <div className={`mb-5 grid gap-2 text-sm ${look === "danger" ? "rounded-control bg-no-wash p-4" : ""}`}>
        {children}
      </div>
      <form noValidate onSubmit={handleSubmit(send)} className="grid grid-cols-1 gap-4">
        <Field
          {...register("because", becauseRules)}
          label={words.because}
          autoComplete="off"
          error={errors.because?.message}
        />
        {typed !== undefined && (
          <Field
            {...register("name", { validate: (name) => name === typed || words.nameWrong(typed) })}
            label={words.typeName(typed)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.name?.message}
          />
        )}
        <DialogFoot problem={errors.root?.message} onClose={onClose}>
          <Button type="submit" look={look} busy={isSubmitting}>
            {submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
