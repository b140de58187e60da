import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../../common/failure-words.ts";
import { Section } from "../../common/section.tsx";
import { PairingCode } from "./pairing-code.tsx";

const words = {
  title: "Pair a kiosk",
  label: "Name of the desk",
  hint: "As people say it: Front desk, Shelf by the door.",
  missing: "Give the desk a name.",
  tooLong: "Sixty letters at most.",
  submit: "Get a pairing code",
  another: "Pair another desk",
};

/** For staff: a new desk gets a name here and a short code to type on its screen. */
export function PairKiosk() {
  const invite = trpc.device.invite.useMutation();
  const { register, handleSubmit, formState, getValues, reset } = useForm<{ name: string }>();

  const startOver = () => {
    reset();
    invite.reset();
  };

  return (
    <Section title={words.title}>
      {invite.data ? (
        <PairingCode invitation={invite.data} desk={getValues("name")}>
          <Button onClick={startOver}>{words.another}</Button>
        </PairingCode>
      ) : (
        <form noValidate onSubmit={handleSubmit((desk) => invite.mutate(desk))} className="grid gap-4">
          <Field
            {...register("name", {
              validate: (name) => name.trim() !== "" || words.missing,
              maxLength: { value: 60, message: words.tooLong },
            })}
            label={words.label}
            hint={words.hint}
            autoComplete="off"
            error={formState.errors.name?.message ?? (invite.error ? failureWords(invite.error) : undefined)}
          />
          <Button type="submit" busy={invite.isPending} className="justify-self-start">
            {words.submit}
          </Button>
        </form>
      )}
    </Section>
  );
}
