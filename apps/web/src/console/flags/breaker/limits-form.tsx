import type { FlagKey } from "@tessera/contracts";
import { type BreakerLimits, flagRefusals } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../../../common/failure-words.ts";
import { CheckBox } from "../../controls/check-box.tsx";
import { becauseRules } from "../because.ts";
import { type LimitName, type LimitsText, limitIn, limitsIn, limitsText, ranges } from "./limits.ts";
import { words } from "./words.ts";

const byCalls = ["errorShare", "windowMinutes", "minCalls"] as const;
const bySignal = ["securityAlerts", "poolExhausted", "socketCrashes"] as const;
const afterwards = ["coolDownMinutes", "retryCalls"] as const;

function isLimit(name: LimitName) {
  const { from, to, isWhole } = ranges[name];
  const wrong = (isWhole ? words.wholeOutOf : words.outOf)(from, to);
  return (text: string) => limitIn(name, text) !== null || wrong;
}

/** When the breaker trips, and how it comes back. What was typed stays while the counts above go on. */
export function LimitsForm({ flagKey, limits }: { flagKey: FlagKey; limits: BreakerLimits }) {
  const utils = trpc.useUtils();
  const { register, handleSubmit, formState, resetField } = useForm<LimitsText & { because: string }>({
    defaultValues: { ...limitsText(limits), because: "" },
  });
  const save = trpc.flag.breaker.setLimits.useMutation({
    onSuccess: async () => {
      resetField("because");
      await utils.flag.invalidate();
    },
  });
  const { errors } = formState;
  const refused = save.data?.kind === "refused" ? flagRefusals[save.data.reason] : null;
  const fields = (names: readonly LimitName[]) => (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] items-start gap-4">
      {names.map((name) => (
        <Field
          key={name}
          {...register(name, { validate: isLimit(name) })}
          label={words[name]}
          inputMode="decimal"
          autoComplete="off"
          error={errors[name]?.message}
        />
      ))}
    </div>
  );

  return (
    <form
      noValidate
      onSubmit={handleSubmit(({ because, ...typed }) =>
        save.mutate({ key: flagKey, limits: limitsIn(typed, limits), because }),
      )}
      className="grid grid-cols-1 gap-5"
    >
      <CheckBox {...register("isArmed")} label={words.armed} hint={words.armedHint} />
      {fields(byCalls)}
      <p className="-mb-3 text-sm text-ink-soft">{words.signals}</p>
      {fields(bySignal)}
      {fields(afterwards)}
      <Field
        {...register("because", becauseRules)}
        label={words.limitsBecause}
        autoComplete="off"
        error={errors.because?.message}
      />
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" look="primary" busy={save.isPending}>
          {words.saveLimits}
        </Button>
        <p role="status" className="text-sm">
          {save.data?.kind === "done" && words.saved}
        </p>
      </div>
      <p role="alert" className="text-sm text-no empty:hidden">
        {save.error ? failureWords(save.error) : refused}
      </p>
    </form>
  );
}
