import { EmailAddress, grants, type Role } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { usePerson } from "../../app/person.ts";
import { roleWords } from "../../app/role-words.ts";
import { Section } from "../../common/section.tsx";
import { Alert } from "../../sign-in/alert.tsx";
import { Select } from "../controls/select.tsx";
import { refusedBecause } from "./people-words.ts";
import { inviteWords as words } from "./words.ts";

interface Invited {
  email: string;
  role: Role;
}

/** An e-mail and a role; the letter does the rest. */
export function InviteForm() {
  const { role } = usePerson();
  const utils = trpc.useUtils();
  const invite = trpc.member.invite.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { register, handleSubmit, formState, reset } = useForm<Invited>({ defaultValues: { role: "member" } });

  const send = async (invited: Invited) => {
    const refused = await refusedBecause(invite.mutateAsync(invited));
    setProblem(refused);
    setSentTo(refused ? null : invited.email);
    if (!refused) reset();
    await utils.member.invitations.invalidate();
  };

  return (
    <Section title={words.title}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid grid-cols-1 gap-4">
        <Field
          {...register("email", { validate: (email) => EmailAddress.safeParse(email).success || words.emailWrong })}
          label={words.email}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={formState.errors.email?.message}
        />
        <Select
          {...register("role")}
          label={words.role}
          choices={grants[role].map((value) => ({ value, label: roleWords[value] }))}
        />
        <Alert text={problem} />
        <Button type="submit" look="primary" busy={formState.isSubmitting} className="justify-self-start">
          {words.submit}
        </Button>
        <p role="status" className="text-sm font-medium text-ok [overflow-wrap:anywhere] empty:hidden">
          {sentTo && words.sent(sentTo)}
        </p>
      </form>
    </Section>
  );
}
