import type { FlagKey } from "@tessera/contracts";
import { flagRefusals, type RampStep, rampTemplates } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { FormProvider, useFieldArray, useForm } from "react-hook-form";
import { failureWords } from "../../../common/failure-words.ts";
import { ChoiceList } from "../../controls/choice-list.tsx";
import { Group } from "../../controls/group.tsx";
import { becauseRules } from "../because.ts";
import { type PlanForm, stepForm, stepOf, type TemplateName } from "./plan-form.ts";
import { StepFields } from "./step-fields.tsx";
import { templates, words } from "./words.ts";

const MOST_STEPS = 20;
const names = Object.keys(templates) as TemplateName[];
const choices = names.map((name) => ({ value: name, ...templates[name] }));

/** Chooses a schedule, changes its steps, and writes it down. Nothing moves before it is started. */
export function PlanRamp({ flagKey, from }: { flagKey: FlagKey; from?: readonly RampStep[] }) {
  const utils = trpc.useUtils();
  const plan = trpc.flag.ramp.plan.useMutation({ onSuccess: () => utils.flag.invalidate() });
  const form = useForm<PlanForm>({
    defaultValues: {
      template: from ? "own" : "weeks",
      steps: (from ?? rampTemplates.weeks).map(stepForm),
      because: "",
    },
  });
  const { fields, append, remove, replace } = useFieldArray({ control: form.control, name: "steps" });
  const { register, handleSubmit, formState } = form;
  const send = ({ steps, because }: PlanForm) => plan.mutate({ key: flagKey, steps: steps.map(stepOf), because });
  const refused = plan.data?.kind === "refused" ? flagRefusals[plan.data.reason] : null;
  const addStep = () => append(form.getValues("steps").slice(-1));

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid grid-cols-1 gap-6">
        <Group legend={words.template}>
          <ChoiceList
            {...register("template", {
              onChange: ({ target }) => replace(rampTemplates[target.value as TemplateName].map(stepForm)),
            })}
            choices={choices}
            className="sm:grid-cols-[repeat(auto-fit,minmax(min(12rem,100%),1fr))]"
          />
        </Group>
        <ol className="grid grid-cols-1 gap-4">
          {fields.map((field, place) => (
            <li key={field.id}>
              <StepFields place={place} onRemove={fields.length > 1 ? () => remove(place) : null} />
            </li>
          ))}
        </ol>
        {fields.length < MOST_STEPS && (
          <Button className="justify-self-start" onClick={addStep}>
            {words.addStep}
          </Button>
        )}
        <Field
          {...register("because", becauseRules)}
          label={words.because}
          autoComplete="off"
          error={formState.errors.because?.message}
        />
        <p role="alert" className="text-sm text-no empty:hidden">
          {plan.error ? failureWords(plan.error) : refused}
        </p>
        <Button type="submit" look="primary" busy={plan.isPending} className="justify-self-start">
          {words.plan}
        </Button>
      </form>
    </FormProvider>
  );
}
