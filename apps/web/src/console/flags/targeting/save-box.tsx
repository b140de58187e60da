import { Button, Field } from "@tessera/ui";
import { useId } from "react";
import { becauseRules } from "../because.ts";
import { diffLines } from "../history/diff.ts";
import { DiffTable } from "../history/diff-table.tsx";
import { useTenantNames } from "../use-tenant-names.ts";
import { columnsOf } from "./form.ts";
import type { Draft } from "./use-draft.ts";
import { words } from "./words.ts";

/** What is changed, why, and the one button. */
export function SaveBox({ draft: { form, base, changes, isTouched, isSaved } }: { draft: Draft }) {
  const id = useId();
  const called = useTenantNames();
  const { errors, isSubmitting } = form.formState;
  const before = Object.fromEntries(
    (Object.keys(changes) as (keyof typeof changes)[]).map((name) => [name, base[name]]),
  );

  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-4 rounded-card border border-line bg-surface p-4">
      <h2 id={id} className="text-lg font-semibold">
        {words.changes}
      </h2>
      {isTouched ? (
        <DiffTable caption={words.changes} lines={diffLines(columnsOf(before), columnsOf(changes), called)} />
      ) : (
        <p className="text-sm text-ink-soft">{words.noChanges}</p>
      )}
      <Field
        {...form.register("because", becauseRules)}
        label={words.because}
        autoComplete="off"
        error={errors.because?.message}
      />
      <p role="alert" className="text-sm text-no [overflow-wrap:anywhere] empty:hidden">
        {errors.root?.message}
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="primary" busy={isSubmitting}>
          {words.save}
        </Button>
        <p role="status" className="text-sm font-medium text-ok">
          {isSaved && words.saved}
        </p>
      </div>
    </section>
  );
}
