import { Check } from "lucide-react";
import type { ReactNode } from "react";

/** A filter that is on or off. */
export const Chip = ({ isOn, onPress, children }: { isOn: boolean; onPress: () => void; children: ReactNode }) => (
  <button
    type="button"
    aria-pressed={isOn}
    onClick={onPress}
    className="inline-flex min-h-11 items-center gap-2 rounded-full border border-edge bg-surface px-4 font-semibold hover:border-ink aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
  >
    {isOn && <Check aria-hidden strokeWidth={2} className="size-4.5" />}
    {children}
  </button>
);
