import { appVersion } from "@tessera/ui/app-shell";
import { lazy, Suspense } from "react";
import { Page } from "../../app/page.tsx";
import { isStaff, usePerson } from "../../app/person.ts";
import { roleWords } from "../../app/role-words.ts";
import { Section } from "../../common/section.tsx";
import { AccountDoor } from "./account-door.tsx";
import { ConsoleDoor } from "./console-door.tsx";
import { SignOut } from "./sign-out.tsx";
import { ThemeChooser } from "./theme-chooser.tsx";

const words = {
  title: "Me",
  session: "This device",
  version: (version: string) => `Version ${version}`,
};

/** Only staff load its form. */
const PairKiosk = lazy(async () => ({ default: (await import("./pair-kiosk.tsx")).PairKiosk }));

/** Who I am here, how it should look, and what my role lets me do. */
export function Myself() {
  const { name, role, tenant } = usePerson();

  return (
    <Page title={words.title} width="narrow">
      <div className="mb-10 flex flex-wrap items-center gap-4 rounded-card border border-line bg-surface p-5">
        <span
          aria-hidden
          className="grid size-14 shrink-0 place-items-center bg-accent-wash text-xl font-bold text-accent"
        >
          {name.trim().charAt(0).toUpperCase()}
        </span>
        <div className="min-w-0 grow basis-40">
          <p className="text-lg font-semibold">{name}</p>
          <p className="text-sm text-ink-soft">
            {roleWords[role]}, {tenant.name}
          </p>
        </div>
      </div>
      {isStaff(role) && (
        <Suspense>
          <PairKiosk />
        </Suspense>
      )}
      {isStaff(role) && <ConsoleDoor role={role} />}
      <AccountDoor />
      <ThemeChooser />
      <Section title={words.session}>
        <SignOut />
        <p className="mt-4 text-sm text-ink-soft">{words.version(appVersion())}</p>
      </Section>
    </Page>
  );
}
