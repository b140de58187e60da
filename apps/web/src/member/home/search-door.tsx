import { Search } from "lucide-react";
import { Form } from "react-router";

const words = { label: "Find something to borrow", submit: "Find" };

/** A search box that opens the list with what was typed. */
export function SearchDoor() {
  return (
    <Form role="search" action="/find" className="relative w-full sm:w-[min(20rem,100%)]">
      <Search
        aria-hidden
        strokeWidth={1.75}
        className="pointer-events-none absolute top-3.5 left-3.5 size-5 text-ink-soft"
      />
      <input
        type="search"
        name="q"
        aria-label={words.label}
        placeholder={words.label}
        enterKeyHint="search"
        className="min-h-12 w-full rounded-control border border-edge bg-surface pr-3.5 pl-11 text-base placeholder:text-ink-soft"
      />
      <button type="submit" className="sr-only">
        {words.submit}
      </button>
    </Form>
  );
}
