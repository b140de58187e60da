import { HandHelping, type LucideIcon, QrCode, Search } from "lucide-react";
import { Section } from "../../common/section.tsx";

const words = { title: "Borrow your first thing" };

const steps: { Icon: LucideIcon; title: string; text: string; look: string }[] = [
  { Icon: Search, title: "Choose", text: "Open something that is free.", look: "bg-info-wash text-info" },
  { Icon: QrCode, title: "Get its code", text: "It stays good for some minutes.", look: "bg-accent-wash text-accent" },
  {
    Icon: HandHelping,
    title: "Show it at the desk",
    text: "One scan, and it is yours for now.",
    look: "bg-ok-wash text-ok",
  },
];

/** For somebody who has nothing yet: how it goes, in three tiles. */
export function FirstSteps() {
  return (
    <Section title={words.title}>
      <ol className="grid gap-px overflow-hidden rounded-card border border-line bg-line lg:grid-cols-3">
        {steps.map(({ Icon, title, text, look }) => (
          <li key={title} className="flex items-center gap-4 bg-surface p-4">
            <span className={`grid size-12 shrink-0 place-items-center ${look}`}>
              <Icon aria-hidden strokeWidth={1.75} className="size-6" />
            </span>
            <span className="grid">
              <span className="font-semibold">{title}</span>
              <span className="text-sm text-ink-soft">{text}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
