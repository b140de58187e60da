/** Who of a tenant is on a socket of this process, by the id of the member or device. */
export interface Attendance {
  /** @param onRights Called when something happened to what they may do. @returns They are gone. */
  enter(id: string, onRights: () => void): () => void;
  /** Something happened to the rights of one of them. */
  tell(id: string): void;
  /** Something happened that may concern any of them. */
  tellAll(): void;
}

/** @returns Nobody yet. */
export function attendance(): Attendance {
  const here = new Map<string, Set<() => void>>();

  return {
    enter(id, onRights) {
      const alike = here.get(id) ?? new Set();
      here.set(id, alike.add(onRights));
      return () => {
        alike.delete(onRights);
        if (alike.size === 0 && here.get(id) === alike) here.delete(id);
      };
    },
    tell(id) {
      for (const onRights of here.get(id) ?? []) onRights();
    },
    tellAll() {
      for (const alike of here.values()) for (const onRights of alike) onRights();
    },
  };
}
