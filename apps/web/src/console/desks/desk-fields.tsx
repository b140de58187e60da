import { type DeskScope, deskScopes } from "@tessera/contracts";
import { Field } from "@tessera/ui";
import type { UseFormReturn } from "react-hook-form";
import { CheckBox } from "../controls/check-box.tsx";
import { Group } from "../controls/group.tsx";
import { scopeWords, words } from "./words.ts";

export interface DeskForm {
  name: string;
  scopes: Record<DeskScope, boolean>;
}

/** @returns A form that begins with these. */
export const formOf = (name: string, scopes: readonly DeskScope[]): DeskForm => ({
  name,
  scopes: { redeem: scopes.includes("redeem"), undo: scopes.includes("undo"), offline: scopes.includes("offline") },
});

/** @returns What was ticked. */
export const scopesIn = ({ scopes }: DeskForm): DeskScope[] => deskScopes.filter((scope) => scopes[scope]);

/** A desk's name and what it may do. */
export function DeskFields({ register, formState }: Pick<UseFormReturn<DeskForm>, "register" | "formState">) {
  return (
    <>
      <Field
        {...register("name", {
          validate: (name) => name.trim() !== "" || words.nameMissing,
          maxLength: { value: 60, message: words.nameTooLong },
        })}
        label={words.name}
        hint={words.nameHint}
        autoComplete="off"
        error={formState.errors.name?.message}
      />
      <Group legend={words.scopes} className="gap-0">
        {deskScopes.map((scope) => {
          const { label, hint } = scopeWords[scope];
          return <CheckBox key={scope} {...register(`scopes.${scope}`)} label={label} hint={hint} />;
        })}
      </Group>
    </>
  );
}
