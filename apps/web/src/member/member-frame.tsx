import { Mark } from "@tessera/ui";
import { HandHelping, House, type LucideIcon, ScanLine, Search, UserRound } from "lucide-react";
import { NavLink, Outlet } from "react-router";
import { WaitingRole } from "../account/waiting-role.tsx";
import { TenantSwitcher } from "../app/tenant-switcher.tsx";
import { Connection } from "../common/connection.tsx";

const words = { skip: "Skip to the content", nav: "Main" };

const tabs: { to: string; name: string; Icon: LucideIcon }[] = [
  { to: "/", name: "Home", Icon: House },
  { to: "/find", name: "Find", Icon: Search },
  { to: "/scan", name: "Scan", Icon: ScanLine },
  { to: "/loans", name: "Loans", Icon: HandHelping },
  { to: "/me", name: "Me", Icon: UserRound },
];

/** The member's house: tabs at the thumb on phones, a rail at the side where there is room. */
export function MemberFrame() {
  return (
    <div className="min-h-svh md:grid md:grid-cols-[13rem_minmax(0,1fr)] lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute left-2 z-20 -translate-y-full rounded-control bg-ink px-4 py-3 font-semibold text-paper focus:translate-y-2"
      >
        {words.skip}
      </a>
      <div className="contents md:sticky md:top-0 md:flex md:h-svh md:flex-col md:border-r md:border-line md:p-5">
        <header className="flex min-h-14 items-center justify-between gap-4 border-b border-line px-[max(1rem,env(safe-area-inset-left))] pt-[env(safe-area-inset-top)] md:mb-6 md:block md:min-h-0 md:border-0 md:p-0">
          <div className="flex min-w-0 items-center gap-2.5">
            <Mark />
            <TenantSwitcher />
          </div>
          <div className="shrink-0 md:mt-3">
            <Connection />
          </div>
        </header>
        <Tabs />
      </div>
      <main
        id="content"
        tabIndex={-1}
        className="px-[max(1rem,env(safe-area-inset-left))] pt-6 pb-[calc(6rem+env(safe-area-inset-bottom))] outline-none sm:px-8 md:pb-16 lg:px-12 lg:pt-10"
      >
        <WaitingRole />
        <Outlet />
      </main>
    </div>
  );
}

function Tabs() {
  return (
    <nav
      aria-label={words.nav}
      className="fixed inset-x-0 bottom-0 z-10 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:static md:border-0 md:bg-transparent md:p-0"
    >
      <ul className="mx-auto grid max-w-lg grid-cols-5 md:grid-cols-1 md:gap-1">
        {tabs.map(({ to, name, Icon }) => (
          <li key={to}>
            <NavLink
              to={to}
              end={to === "/"}
              className="group relative flex min-h-16 flex-col items-center justify-center gap-1 text-xs font-medium text-ink-soft hover:text-ink aria-[current=page]:text-ink md:min-h-12 md:flex-row md:justify-start md:gap-3 md:rounded-control md:px-3 md:text-base md:aria-[current=page]:bg-sunken"
            >
              <span
                aria-hidden
                className="absolute top-0 h-1 w-10 bg-accent opacity-0 group-aria-[current=page]:opacity-100 md:top-auto md:left-0 md:h-5 md:w-1"
              />
              <Icon aria-hidden strokeWidth={1.75} className="size-6 group-aria-[current=page]:text-accent md:size-5" />
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
