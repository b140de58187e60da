import type { Me, Role } from "@tessera/contracts";
import { createContext, useContext } from "react";

/** The person who is signed in here. */
export type Person = Extract<Me, { kind: "member" }>;

export const PersonContext = createContext<Person | null>(null);

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error("usePerson outside <SignedIn>");
  return person;
}

export const isStaff = (role: Role): boolean => role !== "member";
