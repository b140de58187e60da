import { type RequestKind, requestRefusals } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { Minus, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Dialog } from "../common/dialog.tsx";
import { DialogFoot } from "../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../common/failure-words.ts";
import { line, newIntent } from "./guest-line.ts";
import { waitWords } from "./wait-words.ts";
import { words } from "./words.ts";

interface AskDialogProps {
  kind: RequestKind;
  onSent: (told: string) => void;
  onClose: () => void;
}

/** What exactly, how many, and a word; then it is sent. What was typed stays when it could not be. */
export function AskDialog({ kind, onSent, onClose }: AskDialogProps) {
  const [intent] = useState(newIntent); // the same for each try
  const [options, setOptions] = useState(() => firstChoices(kind));
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState("");
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    setProblem(null);
    try {
      const wanted = { kindId: kind.id, options, quantity, note };
      const outcome = await line.client.request.make.mutate(wanted, { context: { idempotencyKey: intent } });
      if (outcome.kind === "done") return onSent(outcome.merged ? words.again(kind.name) : words.sent(kind.name));
      const { say, next } = requestRefusals[outcome.because];
      setProblem(`${say} ${next}`);
    } catch (error) {
      setProblem(failureWords(error as FailedCall & Error));
    }
    setSending(false);
  };

  return (
    <Dialog title={kind.name} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="grid grid-cols-1 gap-5">
        {kind.options.map(({ id, label, choices }) => (
          <fieldset key={id} className="grid gap-2">
            <legend className="mb-2 text-sm font-semibold">{label}</legend>
            <div className="flex flex-wrap gap-2">
              {choices.map((choice) => (
                <label
                  key={choice.id}
                  className="flex min-h-11 items-center gap-2 rounded-control border border-edge px-3.5 has-checked:border-accent has-checked:bg-accent-wash"
                >
                  <input
                    type="radio"
                    name={id}
                    checked={options[id] === choice.id}
                    onChange={() => setOptions({ ...options, [id]: choice.id })}
                    className="size-4 accent-accent"
                  />
                  {choice.label}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        {kind.maxQuantity > 1 && <Quantity value={quantity} most={kind.maxQuantity} onChange={setQuantity} />}
        {kind.takesNote && <Words hint={kind.hint} value={note} onChange={setNote} />}
        <p className="text-sm text-ink-soft">{waitWords(kind.wait)}</p>
        <DialogFoot problem={problem} onClose={onClose}>
          <Button type="submit" look="primary" busy={isSending}>
            {words.send}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

const firstChoices = ({ options }: RequestKind): Record<string, string> =>
  Object.fromEntries(options.map(({ id, choices }) => [id, choices[0]?.id ?? ""]));

function Quantity({ value, most, onChange }: { value: number; most: number; onChange: (next: number) => void }) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{words.quantity}</legend>
      <div className="flex items-center gap-3">
        <Button aria-label={words.fewer} disabled={value <= 1} onClick={() => onChange(value - 1)}>
          <Minus aria-hidden strokeWidth={1.75} className="size-5" />
        </Button>
        <output aria-live="polite" className="min-w-8 text-center text-xl font-bold tabular-nums">
          {value}
        </output>
        <Button aria-label={words.more} disabled={value >= most} onClick={() => onChange(value + 1)}>
          <Plus aria-hidden strokeWidth={1.75} className="size-5" />
        </Button>
      </div>
    </fieldset>
  );
}

function Words({ hint, value, onChange }: { hint: string; value: string; onChange: (next: string) => void }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {hint || words.note}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="w-full rounded-control border border-edge bg-surface px-3.5 py-2.5"
      />
    </div>
  );
}
