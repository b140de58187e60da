import { Button, Field } from "@tessera/ui";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Section } from "../common/section.tsx";
import { locale } from "../common/use-speech.ts";
import { Alert } from "../sign-in/alert.tsx";
import { addPasskey, type KeptPasskey, knowsPasskeys, passkeys, removePasskey } from "../sign-in/auth.ts";
import { problems } from "../sign-in/words.ts";
import { passkeyWords as words } from "./words.ts";

/** Passkeys, where the browser knows them. */
export function Passkeys() {
  const [kept, setKept] = useState<KeptPasskey[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState, reset } = useForm<{ name: string }>();
  useEffect(() => void passkeys().then(setKept), []);
  if (!knowsPasskeys()) return null;

  const readAgain = async () => setKept(await passkeys());
  const add = async ({ name }: { name: string }) => {
    const found = await addPasskey(name.trim());
    setProblem(found && problems[found === "wrong" ? "stopped" : found]);
    if (found) return;
    reset();
    await readAgain();
  };
  const remove = async (id: string) => {
    const found = await removePasskey(id);
    setProblem(found && problems[found]);
    await readAgain();
  };

  return (
    <Section title={words.title}>
      <p className="mb-4 text-sm text-ink-soft">{words.about}</p>
      <ul className="mb-5 grid gap-px overflow-hidden rounded-card border border-line bg-line empty:hidden">
        {kept?.map((passkey) => (
          <Passkey key={passkey.id} passkey={passkey} onRemove={() => void remove(passkey.id)} />
        ))}
      </ul>
      {kept?.length === 0 && <p className="mb-4 text-sm">{words.none}</p>}
      <form noValidate onSubmit={handleSubmit(add)} className="grid gap-4">
        <Field
          {...register("name", { validate: (name) => name.trim() !== "" || words.nameMissing })}
          label={words.name}
          hint={words.nameHint}
          maxLength={60}
          autoComplete="off"
          error={formState.errors.name?.message}
        />
        <Alert text={problem} />
        <Button type="submit" busy={formState.isSubmitting} className="justify-self-start">
          {words.add}
        </Button>
      </form>
    </Section>
  );
}

function Passkey({ passkey: { name, since }, onRemove }: { passkey: KeptPasskey; onRemove: () => void }) {
  const shown = name || words.unnamed;
  return (
    <li className="flex flex-wrap items-center gap-3 bg-surface p-4">
      <KeyRound aria-hidden strokeWidth={1.75} className="size-5 shrink-0" />
      <span className="grid min-w-0 grow [overflow-wrap:anywhere]">
        <span className="font-medium">{shown}</span>
        <span className="text-sm text-ink-soft">{words.since(since.toLocaleDateString(locale()))}</span>
      </span>
      <Button look="quiet" onClick={onRemove}>
        {words.remove(shown)}
      </Button>
    </li>
  );
}
