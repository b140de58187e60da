import { useFormContext } from "react-hook-form";
import { TextArea } from "../../controls/text-area.tsx";
import { counted } from "../counted.ts";
import type { TargetingForm } from "./form.ts";
import { idProblem, idsIn } from "./id-list.ts";

type ListName = `${"allowed" | "denied"}.${"users" | "resources" | "devices"}`;

/** A box of ids with their count. */
export function IdListField({ name, label }: { name: ListName; label: string }) {
  const { register, watch, getFieldState, formState } = useFormContext<TargetingForm>();
  return (
    <TextArea
      {...register(name, { validate: (text) => idProblem(text) ?? true })}
      label={label}
      hint={counted(idsIn(watch(name)).length, "id", "ids")}
      error={getFieldState(name, formState).error?.message}
    />
  );
}
