import type { OpeningHours, RequestOption } from "@tessera/contracts";

/** A kind of request as a ready catalogue has it. What is left out is as the database has it. */
export interface KindTemplate {
  slug: string;
  name: string;
  /** Names a picture that screens have. */
  picture: string;
  hint?: string;
  options?: RequestOption[];
  maxQuantity?: number;
  takesNote?: boolean;
  hours?: OpeningHours;
  expireMinutes?: number;
  confirmMinutes?: number;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const daily = (from: string, to: string): OpeningHours => [{ days: EVERY_DAY, from, to }];
const option = (id: string, label: string, choices: string[]): RequestOption => ({
  id,
  label,
  choices: choices.map((choice) => ({ id: choice.toLowerCase().replace(/[^a-z0-9]+/g, "-"), label: choice })),
});
const help: KindTemplate = { slug: "help", name: "Something else", picture: "message", hint: "Write what you need" };

const hotel: KindTemplate[] = [
  {
    slug: "towels",
    name: "Towels",
    picture: "towel",
    options: [option("size", "Size", ["Bath", "Hand"])],
    maxQuantity: 6,
  },
  { slug: "cleaning", name: "Clean the room", picture: "broom", hours: daily("08:00", "18:00") },
  {
    slug: "pillow",
    name: "Pillow or blanket",
    picture: "bed",
    options: [option("what", "What", ["Pillow", "Blanket"])],
    maxQuantity: 3,
  },
  { slug: "water", name: "Drinking water", picture: "glass", maxQuantity: 6, takesNote: false },
  { slug: "repair", name: "Something is broken", picture: "wrench", hint: "Write what it is", expireMinutes: 1_440 },
  { slug: "wake-up", name: "Wake-up call", picture: "alarm", hint: "Write the time", expireMinutes: 1_440 },
  { slug: "taxi", name: "Taxi", picture: "taxi", hint: "Write when and where to" },
  help,
];

const restaurant: KindTemplate[] = [
  { slug: "waiter", name: "Call the waiter", picture: "hand", expireMinutes: 60, takesNote: false },
  { slug: "order", name: "Order", picture: "notepad", hint: "Write what you would like", expireMinutes: 60 },
  { slug: "water", name: "Tap water", picture: "glass", maxQuantity: 6, expireMinutes: 60, takesNote: false },
  { slug: "cutlery", name: "Cutlery or napkins", picture: "cutlery", maxQuantity: 8, expireMinutes: 60 },
  {
    slug: "bill",
    name: "The bill",
    picture: "receipt",
    options: [option("pay", "Pay by", ["Card", "Cash"])],
    expireMinutes: 60,
  },
  help,
];

const spa: KindTemplate[] = [
  {
    slug: "robe",
    name: "Bathrobe",
    picture: "robe",
    options: [option("size", "Size", ["S", "M", "L", "XL"])],
    maxQuantity: 2,
  },
  { slug: "towels", name: "Towels", picture: "towel", maxQuantity: 4, takesNote: false },
  {
    slug: "tea",
    name: "Tea or water",
    picture: "cup",
    options: [option("what", "What", ["Herbal tea", "Green tea", "Water"])],
    maxQuantity: 4,
  },
  { slug: "infusion", name: "Sauna infusion", picture: "flame", expireMinutes: 60, takesNote: false },
  {
    slug: "temperature",
    name: "Too warm or too cold",
    picture: "thermometer",
    options: [option("it-is", "It is", ["Too warm", "Too cold"])],
  },
  help,
];

const anywhere: KindTemplate[] = [
  { slug: "question", name: "Ask somebody to come", picture: "hand", expireMinutes: 60 },
  { slug: "broken", name: "Something is broken", picture: "wrench", hint: "Write what it is", expireMinutes: 1_440 },
  help,
];

const TEMPLATES = new Map(Object.entries({ hotel, restaurant, spa }));

/** @returns The catalogue that a tenant of this kind begins with. */
export const requestTemplate = (template: string): readonly KindTemplate[] => TEMPLATES.get(template) ?? anywhere;
