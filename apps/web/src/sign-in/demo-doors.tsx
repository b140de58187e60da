import { useEffect, useId, useState } from "react";
import type { Credentials } from "./auth.ts";
import { byTenant, type DemoAccount, demoAccounts } from "./demo-accounts.ts";
import { words } from "./words.ts";

/** In the demo: one button per account. Outside it: nothing. */
export function DemoDoors({ onEnter }: { onEnter: (credentials: Credentials) => Promise<void> }) {
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  const id = useId();

  useEffect(() => {
    void demoAccounts().then(setAccounts);
  }, []);

  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mt-10 border-t border-line pt-6">
      <h2 id={id} className="text-lg font-semibold">
        {words.demo}
      </h2>
      <p className="mb-4 text-sm text-ink-soft">{words.demoHint}</p>
      {byTenant(accounts).map(([tenant, people]) => (
        <div key={tenant} className="mb-5">
          <h3 className="mb-2 text-sm font-semibold">{tenant}</h3>
          <ul className="grid gap-2 sm:grid-cols-2">
            {people.map((account) => (
              <li key={account.email}>
                <DemoDoor account={account} onEnter={onEnter} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function DemoDoor({
  account,
  onEnter,
}: {
  account: DemoAccount;
  onEnter: (credentials: Credentials) => Promise<void>;
}) {
  const { name, role, email, password } = account;
  return (
    <button
      type="button"
      onClick={() => void onEnter({ email, password })}
      className="grid w-full rounded-control border border-edge bg-surface px-3.5 py-2.5 text-left hover:border-ink"
    >
      <span className="text-sm font-semibold">{words.signInAs(name)}</span>
      <span className="text-xs text-ink-soft">{role}</span>
    </button>
  );
}
