/** Letters in fours, the way people read a long code out to each other. */
export const groupsOfFour = (text: string): string[] => text.match(/.{1,4}/gs) ?? [];
