import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../../../common/failure-words.ts";
import { TextArea } from "../../controls/text-area.tsx";
import { becauseRules } from "../because.ts";
import { counted } from "../counted.ts";
import { emailsIn } from "./emails.ts";
import { words } from "./words.ts";

const AT_A_TIME = 200;

function emailsRule(text: string): true | string {
  const { emails, wrong } = emailsIn(text);
  if (wrong[0]) return words.emailWrong(wrong[0]);
  if (emails.length === 0) return words.emailsNone;
  return emails.length <= AT_A_TIME || words.emailsMany;
}

/** People for the end of the cohort, by their addresses. They need not have signed up yet. */
export function InviteForm({ flagKey }: { flagKey: FlagKey }) {
  const utils = trpc.useUtils();
  const { register, handleSubmit, formState, watch, reset } = useForm({ defaultValues: { emails: "", because: "" } });
  const invite = trpc.flag.ramp.invite.useMutation({
    onSuccess: async () => {
      reset();
      await utils.flag.ramp.cohort.invalidate();
    },
  });
  const { errors } = formState;
  const typed = emailsIn(watch("emails")).emails.length;

  return (
    <form
      noValidate
      onSubmit={handleSubmit(({ emails, because }) =>
        invite.mutate({ key: flagKey, emails: emailsIn(emails).emails, because }),
      )}
      className="grid grid-cols-1 gap-4"
    >
      <TextArea
        {...register("emails", { validate: emailsRule })}
        label={words.emails}
        hint={words.emailsCount(counted(typed, "address", "addresses"))}
        error={errors.emails?.message}
      />
      <Field
        {...register("because", becauseRules)}
        label={words.inviteBecause}
        autoComplete="off"
        error={errors.because?.message}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="primary" busy={invite.isPending}>
          {words.invite}
        </Button>
        <p role="status" className="text-sm">
          {invite.data && words.added(counted(invite.data.added, "person", "people"))}
        </p>
      </div>
      <p role="alert" className="text-sm text-no empty:hidden">
        {invite.error && failureWords(invite.error)}
      </p>
    </form>
  );
}
