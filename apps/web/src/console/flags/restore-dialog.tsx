import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../../common/failure-words.ts";
import { becauseRules } from "./because.ts";
import { Dialog } from "./dialog.tsx";
import { about, words } from "./words.ts";

/** Puts a killed flag back to what it was. */
export function RestoreDialog({ flagKey, onClose }: { flagKey: FlagKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const restore = trpc.flag.restore.useMutation({
    onSuccess: async () => {
      await utils.flag.invalidate();
      onClose();
    },
  });
  const { register, handleSubmit, formState } = useForm<{ because: string }>();

  return (
    <Dialog title={words.restoreTitle(flagKey)} onClose={onClose}>
      <p className="mb-5">{about[flagKey].restore}</p>
      <form
        noValidate
        onSubmit={handleSubmit(({ because }) => restore.mutate({ key: flagKey, because }))}
        className="grid gap-4"
      >
        <Field {...register("because", becauseRules)} label={words.because} error={formState.errors.because?.message} />
        <p role="alert" className="text-sm text-no">
          {restore.error && failureWords(restore.error)}
        </p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" look="primary" busy={restore.isPending}>
            {words.restoreNow}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
