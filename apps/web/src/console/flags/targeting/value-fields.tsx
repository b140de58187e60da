import { Field } from "@tessera/ui";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { Group } from "../../controls/group.tsx";
import { isRequests, type TargetingForm } from "./form.ts";
import { words } from "./words.ts";

/** What the portal may do, where the flag is on. */
export function ValueFields() {
  const { register, formState } = useFormContext<TargetingForm>();
  return (
    <Group legend={words.values} hint={words.valuesHint}>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-x-6">
        <CheckBox {...register("values.camera_enabled")} label={words.camera} hint={words.cameraHint} />
        <CheckBox {...register("values.offline_enabled")} label={words.offline} hint={words.offlineHint} />
        <CheckBox {...register("values.short_urls_enabled")} label={words.shortLinks} hint={words.shortLinksHint} />
      </div>
      <Field
        {...register("values.max_requests_per_session", {
          validate: (text) => (text.trim() !== "" && isRequests(Number(text))) || words.requestsWrong,
        })}
        label={words.requests}
        inputMode="numeric"
        autoComplete="off"
        className="max-w-64"
        error={formState.errors.values?.max_requests_per_session?.message}
      />
    </Group>
  );
}
