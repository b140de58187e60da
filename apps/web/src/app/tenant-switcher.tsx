import { trpc } from "@tessera/sdk/react";
import { ChevronsUpDown } from "lucide-react";
import { chooseTenant, chosenTenant } from "./chosen-tenant.ts";
import { usePerson } from "./person.ts";

const words = { label: "Where you are" };

/** The tenant's name; for who belongs to several, the way from one to the other. */
export function TenantSwitcher() {
  const { tenant } = usePerson();
  const person = trpc.account.person.useQuery(undefined, { staleTime: 60_000 });
  const homes = person.data?.homes ?? [];

  if (homes.length < 2) {
    return <span className="truncate leading-tight font-bold tracking-tight md:whitespace-normal">{tenant.name}</span>;
  }
  const go = (slug: string) => {
    chooseTenant(slug);
    window.location.assign("/"); // every connection begins anew, in the other tenant
  };
  return (
    <span className="relative grid min-w-0 items-center">
      <select
        aria-label={words.label}
        value={chosenTenant() ?? homes[0]?.slug}
        onChange={({ target }) => go(target.value)}
        className="min-h-11 w-full min-w-0 cursor-pointer appearance-none truncate rounded-control border border-edge bg-surface py-1 pr-8 pl-3 font-bold tracking-tight text-ink"
      >
        {homes.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
      <ChevronsUpDown aria-hidden strokeWidth={1.75} className="pointer-events-none absolute right-2.5 size-4" />
    </span>
  );
}
