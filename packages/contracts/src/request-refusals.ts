/** Every "no" about a request, with the words for the person. */
export const requestRefusals = {
  not_found: { say: "This is not here any more.", next: "Load the list again." },
  unknown_choice: { say: "This choice is not offered any more.", next: "Choose again." },
  visit_ended: { say: "This visit has ended.", next: "Scan the code again to begin a new one." },
  not_offered: { say: "Requests by phone are switched off here at the moment.", next: "Ask the staff." },
  session_request_limit: { say: "You have asked for as much as one visit by phone may.", next: "Ask the staff." },
  kind_closed: { say: "This is not offered at this hour.", next: "Ask again when it opens." },
  taken: { say: "Somebody else has it.", next: "Take another one." },
  wrong_state: { say: "This cannot be done to it any more.", next: "Look at how it stands now." },
  too_late: { say: "It is too late to open this again.", next: "Ask for it anew." },
} as const;
export type RequestRefusalReason = keyof typeof requestRefusals;
