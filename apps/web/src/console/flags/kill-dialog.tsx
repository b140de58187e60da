import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../../common/failure-words.ts";
import { becauseRules } from "./because.ts";
import { Dialog } from "./dialog.tsx";
import { about, words } from "./words.ts";

/** A dangerous act: what will happen, how to undo it, why, and the flag's name typed out. */
export function KillDialog({ flagKey, onClose }: { flagKey: FlagKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const kill = trpc.flag.kill.useMutation({
    onSuccess: async () => {
      await utils.flag.invalidate();
      onClose();
    },
  });
  const { register, handleSubmit, formState } = useForm<{ because: string; name: string }>();
  const { errors } = formState;

  return (
    <Dialog title={words.killTitle(flagKey)} onClose={onClose}>
      <div className="mb-5 grid gap-2 rounded-control bg-no-wash p-4 text-sm">
        <p className="font-medium">{about[flagKey].kill}</p>
        <p>{about[flagKey].undo}</p>
      </div>
      <form
        noValidate
        onSubmit={handleSubmit(({ because }) => kill.mutate({ key: flagKey, because }))}
        className="grid gap-4"
      >
        <Field {...register("because", becauseRules)} label={words.because} error={errors.because?.message} />
        <Field
          {...register("name", { validate: (name) => name === flagKey || words.nameWrong(flagKey) })}
          label={words.typeName(flagKey)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.name?.message}
        />
        <p role="alert" className="text-sm text-no">
          {kill.error && failureWords(kill.error)}
        </p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" look="danger" busy={kill.isPending}>
            {words.killNow}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
