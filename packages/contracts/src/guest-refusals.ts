/** Every "no" that a guest, or staff who look after guests, can hear, with the words for the person. */
export const guestRefusals = {
  misread_label: { say: "A letter of this code is not right.", next: "Compare it with the code on the wall." },
  unknown_label: { say: "We don't know this code.", next: "Ask the staff." },
  retired_label: { say: "This code is not in use any more.", next: "Scan the new one, or ask the staff." },
  not_offered: { say: "Requests by phone are switched off here at the moment.", next: "Ask the staff." },
  place_closed: { say: "It is closed here now.", next: "Come back when it opens." },
  visit_ended: { say: "This visit has ended.", next: "Scan the code again to begin a new one." },
  left: { say: "You have left.", next: "Scan the code again to come back." },
  not_found: { say: "This is not here any more.", next: "Load the list again." },
  no_zone: { say: "Places are put into zones.", next: "Choose a zone." },
  has_places: { say: "There are places in this zone.", next: "Take those away first." },
  has_no_label: { say: "A zone has no code.", next: "Choose one of its places." },
} as const;

export type GuestRefusalReason = keyof typeof guestRefusals;
