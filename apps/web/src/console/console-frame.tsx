import { Mark } from "@tessera/ui";
import { ArrowLeft } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { MissingPage } from "../app/missing-page.tsx";
import { usePerson } from "../app/person.ts";
import { Connection } from "../common/connection.tsx";
import { railFor } from "./rail.ts";

const words = {
  name: "Console",
  nav: "Console",
  skip: "Skip to the content",
  leave: "Back to my things",
};

const item =
  "flex min-h-11 shrink-0 items-center gap-3 rounded-control px-3 font-medium text-ink-soft hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink";

/** The other side of the counter: a rail by job. What is not somebody's job does not exist at its address. */
export function ConsoleFrame() {
  const { role } = usePerson();
  const { pathname } = useLocation();
  const parts = railFor(role);
  const row = useRef<HTMLElement>(null);
  // On a phone the parts stand in one row that is moved by a finger: where somebody is must be in view.
  useEffect(() => {
    row.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  const isHere = pathname.replace(/\/$/, "") === "/console" || parts.some(({ to }) => pathname.startsWith(to));
  if (parts.length === 0 || !isHere) {
    return (
      <main className="p-6">
        <MissingPage />
      </main>
    );
  }

  return (
    <div className="min-h-svh md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute left-2 z-20 -translate-y-full rounded-control bg-ink px-4 py-3 font-semibold text-paper focus:translate-y-2"
      >
        {words.skip}
      </a>
      <div className="grid grid-cols-1 gap-y-2 border-b border-line p-4 md:sticky md:top-0 md:flex md:h-svh md:flex-col md:gap-y-0 md:overflow-y-auto md:border-r md:border-b-0 md:p-5">
        <header className="flex items-center justify-between gap-4 md:mb-4 md:block">
          <p className="flex items-center gap-2.5 font-bold tracking-tight">
            <Mark />
            {words.name}
          </p>
          <div className="md:mt-3">
            <Connection />
          </div>
        </header>
        <nav
          ref={row}
          aria-label={words.nav}
          className="-mx-4 flex gap-1 overflow-x-auto px-4 md:mx-0 md:grow md:flex-col md:gap-2 md:overflow-visible md:px-0"
        >
          {parts.map(({ to, name, Icon }) => (
            <NavLink key={to} to={to} className={item}>
              <Icon aria-hidden strokeWidth={1.75} className="size-5 max-md:hidden" />
              {name}
            </NavLink>
          ))}
          <Link to="/" className={`${item} md:mt-auto`}>
            <ArrowLeft aria-hidden strokeWidth={1.75} className="size-5" />
            {words.leave}
          </Link>
        </nav>
      </div>
      <main id="content" tabIndex={-1} className="p-4 pt-6 outline-none sm:px-8 lg:px-12 lg:pt-10">
        <Outlet />
      </main>
    </div>
  );
}
