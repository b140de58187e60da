import { Link } from "react-router";
import { usePerson } from "../app/person.ts";
import { roleWords } from "../app/role-words.ts";
import { factorWords as words } from "./words.ts";

/** For staff whose rights wait until they have a second factor: why, and what to do. */
export function WaitingRole() {
  const { waitingRole } = usePerson();
  if (!waitingRole) return null;
  return (
    <div role="status" className="mb-6 grid justify-items-start gap-2 rounded-control bg-wait-wash p-4 text-sm">
      <p>{words.waits(roleWords[waitingRole].toLowerCase())}</p>
      <Link to="/account" className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4">
        {words.setUp}
      </Link>
    </div>
  );
}
