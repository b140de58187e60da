import type { PlaceKind } from "@tessera/contracts";

export const words = {
  title: "Places",
  loading: "Loading the places",
  none: "No place yet",
  noneText:
    "Add the first room, table or cabin. Its label leads guests to its page, without an app and without an account.",
  add: "Add a place",
  addTitle: "Add a place",
  name: "Name",
  nameHint: "As guests know it: Room 12, Table 4.",
  nameMissing: "Give the place a name.",
  kind: "What it is",
  zone: "In zone",
  noZone: "None",
  save: "Add",
  open: "Begin a visit",
  close: "End the visit",
  closeTitle: (name: string) => `End the visit at ${name}`,
  closeText: "Every phone there is a stranger from now on. What was asked for stays in the queue. The label stays.",
  visit: (since: string, phones: number) => `Visit since ${since}, ${phones === 1 ? "1 phone" : `${phones} phones`}`,
  empty: "Nobody is there",
  more: "More",
  rename: "Rename",
  relabel: "New label",
  relabelTitle: (name: string) => `A new label for ${name}`,
  relabelText: "The label on the wall leads nowhere from now on. Print the new one before you hang it.",
  retire: "Take out of use",
  retireTitle: (name: string) => `Take ${name} out of use`,
  retireText: "Its label leads nowhere and its visit ends. What happened there stays on record.",
  renameTitle: (name: string) => `Rename ${name}`,
  change: "Save",
  cancel: "Cancel",
  yes: "Do it",
} as const;

export const kindWords: Record<PlaceKind, string> = {
  zone: "Zone",
  room: "Room",
  table: "Table",
  cabin: "Cabin",
  spot: "Other place",
};
