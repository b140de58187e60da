import { Button, Field } from "@tessera/ui";
import { readPhotoFile } from "@tessera/ui/scanner";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { FileButton } from "../../common/file-button.tsx";
import { Section } from "../../common/section.tsx";
import { Alert } from "../../sign-in/alert.tsx";
import { labelIn } from "./label-in.ts";
import { words } from "./words.ts";

/** Letters by hand, or a picture. */
export function OtherWays({ onLabel }: { onLabel: (text: string) => void }) {
  const { register, handleSubmit, formState } = useForm({ defaultValues: { letters: "" } });
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const read = async (file: File) => {
    setReading(true);
    setProblem(null);
    const reading = await readPhotoFile(file).finally(() => setReading(false));
    if (reading.kind !== "read") setProblem(words.unread[reading.kind]);
    else if (labelIn(reading.text) === null) setProblem(words.foreign);
    else onLabel(reading.text);
  };

  return (
    <div className="mt-8">
      <Section title={words.otherWays}>
        <form noValidate onSubmit={handleSubmit(({ letters }) => onLabel(letters))} className="grid grid-cols-1 gap-4">
          <Field
            {...register("letters", { validate: (letters) => labelIn(letters) !== null || words.typedWrong })}
            label={words.typed}
            hint={words.typedHint}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            error={formState.errors.letters?.message}
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit">{words.look}</Button>
            <FileButton label={words.picture} accept="image/*" isBusy={isReading} onFile={(file) => void read(file)} />
          </div>
          <Alert text={problem} />
        </form>
      </Section>
    </div>
  );
}
