import { Button, Mark, shortMoment, useNow } from "@tessera/ui";
import { useSpeech } from "../../common/use-speech.ts";
import { codeTime } from "./held-code.ts";
import { type KeptCode, keptCodes } from "./kept-codes.ts";
import { ShownCode } from "./shown-code.tsx";
import { words } from "./words.ts";

/** A phone without a network: what it was given before, for as long as a desk takes it. */
export function KeptScreen({ onRetry }: { onRetry: () => void }) {
  const now = useNow().getTime();
  const codes = keptCodes(localStorage, now);

  return (
    <main className="mx-auto grid w-full max-w-xl gap-8 p-4 pb-12 sm:p-8 lg:max-w-4xl">
      <header className="flex items-center gap-3">
        <Mark />
        <h1 className="text-2xl font-bold tracking-tight">{words.alone}</h1>
      </header>
      <p>{codes.length > 0 ? words.aloneStill : words.aloneNothing}</p>
      {codes.map((kept) => (
        <Kept key={kept.code.codeId} kept={kept} now={now} />
      ))}
      <div>
        <Button onClick={onRetry}>{words.again}</Button>
      </div>
    </main>
  );
}

function Kept({ kept: { code, askedAt }, now }: { kept: KeptCode; now: number }) {
  const asOf = shortMoment(new Date(askedAt).toISOString(), useSpeech());
  return (
    <section aria-label={words.keptLabel(code.resource.name)} className="grid gap-4">
      <div>
        <h2 className="text-xl font-bold">
          {words.title[code.purpose]} {code.resource.name}
        </h2>
        <p className="text-sm font-medium text-ink-soft">{words.asOf(asOf)}</p>
      </div>
      <ShownCode code={code} time={codeTime(code, askedAt, now)} isRenewing={false} isAlone />
    </section>
  );
}
