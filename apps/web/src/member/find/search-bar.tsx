import { Check, Search as SearchIcon } from "lucide-react";
import type { Search } from "./search.ts";

const words = {
  label: "Search by name or place",
  free: "Free now",
  count: (count: number) => (count === 1 ? "1 thing" : `${count.toLocaleString()} things`),
};

interface SearchBarProps {
  search: Search;
  onChange: (change: Partial<Search>) => void;
  count: number | undefined;
}

export function SearchBar({ search: { text, onlyFree }, onChange, count }: SearchBarProps) {
  return (
    <search className="mb-5 flex flex-wrap items-center gap-3">
      <div className="relative min-w-[min(15rem,100%)] grow">
        <SearchIcon
          aria-hidden
          strokeWidth={1.75}
          className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-ink-soft"
        />
        <input
          type="search"
          value={text}
          onChange={(event) => onChange({ text: event.target.value })}
          aria-label={words.label}
          placeholder={words.label}
          className="min-h-12 w-full rounded-control border border-edge bg-surface pr-3.5 pl-11 text-base placeholder:text-ink-soft"
        />
      </div>
      <button
        type="button"
        aria-pressed={onlyFree}
        onClick={() => onChange({ onlyFree: !onlyFree })}
        className="inline-flex min-h-12 items-center gap-2 rounded-control border border-edge bg-surface px-4 font-semibold hover:border-ink aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
      >
        {onlyFree && <Check aria-hidden strokeWidth={2} className="size-4.5" />}
        {words.free}
      </button>
      <p role="status" className="min-w-20 text-right text-sm text-ink-soft max-sm:grow">
        {count !== undefined && words.count(count)}
      </p>
    </search>
  );
}
