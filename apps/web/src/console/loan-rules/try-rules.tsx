import { type LoanRules, Tier, USUAL_TIER } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Field, shortMoment } from "@tessera/ui";
import { useDeferredValue, useState } from "react";
import { Section } from "../../common/section.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { durationText } from "../controls/duration.ts";
import { Select } from "../controls/select.tsx";
import { words } from "./words.ts";

/** What somebody would get by these rules, before they are saved. */
export function TryRules({ rules }: { rules: LoanRules | null }) {
  const speech = useSpeech();
  const things = trpc.resource.list.useQuery();
  const [chosen, setChosen] = useState("");
  const [typed, setTyped] = useState(USUAL_TIER);
  const tier = useDeferredValue(typed.trim().toLowerCase());
  const thing = things.data?.find(({ id }) => id === chosen) ?? things.data?.[0];
  const isAskable = thing !== undefined && rules !== null && Tier.safeParse(tier).success;
  const preview = trpc.loanRule.preview.useQuery(
    { tier, resourceId: thing?.id ?? "", rules: rules ?? undefined },
    { enabled: isAskable, placeholderData: (held) => held },
  );
  const told = isAskable ? preview.data : null;

  return (
    <Section title={words.preview}>
      <p className="mb-4 text-sm text-ink-soft">{words.previewHint}</p>
      <div className="grid gap-4">
        <Field
          label={words.somebody}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          autoComplete="off"
        />
        <Select
          label={words.thing}
          value={thing?.id ?? ""}
          onChange={({ target }) => setChosen(target.value)}
          choices={things.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
        <div role="status" className="grid gap-1 rounded-control bg-info-wash p-4 text-sm empty:hidden">
          {told && thing && (
            <>
              <p className="font-semibold">{words.gets(tier, thing.name, durationText(told.loanMinutes))}</p>
              <p>{words.dueAt(shortMoment(told.dueAt, speech))}</p>
              <p>
                {words.renewed(told.renewals)} {words.most(told.atOnce)}
              </p>
              <p className="text-ink-soft">{words.by(told.rule)}</p>
            </>
          )}
        </div>
      </div>
    </Section>
  );
}
