export const words = {
  title: "Account",
  back: "Me",
  name: "Your name",
  nameHint: "How the people at the desk call you, wherever you belong.",
  nameMissing: "Tell us your name.",
  save: "Save",
  saved: "Saved.",
  email: "E-mail",
  newEmail: "New e-mail",
  emailMissing: "Type the new address.",
  emailNow: (email: string) => `You sign in with ${email}.`,
  emailSend: "Change the address",
  emailSent:
    "A letter is on its way to your present address. Open its link, then the one that comes to the new address.",
  password: "Password",
  currentPassword: "Present password",
  newPassword: "New password",
  passwordSave: "Change the password",
  passwordSaved: "Your new password is saved. You are signed out everywhere else.",
  passwordMissing: "Type your present password.",
};

export const factorWords = {
  title: "Second factor",
  off: "With a second factor, nobody who learns your password gets in: an app on your phone shows a code that is asked for, too.",
  on: "On. After your password, a code of your app is asked for.",
  password: "Your password",
  begin: "Set it up",
  scan: "Scan this with your authenticator app.",
  picture: "QR code for an authenticator app",
  byHand: "No camera? Type this into the app:",
  code: "The code that the app shows now",
  codeMissing: "Type the six digits.",
  backup: "Write these down. Each opens your account once, when your phone is lost. They are not shown again.",
  copy: "Copy them",
  copied: "Copied.",
  finish: "Turn it on",
  end: "Turn it off",
  waits: (role: string) =>
    `Your rights as ${role} wait: this community asks its staff for a second factor, and you have none yet.`,
  setUp: "Set up your second factor",
};

export const passkeyWords = {
  title: "Passkeys",
  about: "A passkey signs you in with your finger, your face or the PIN of a device. No password, no code.",
  none: "You have none yet.",
  name: "Name of the new passkey",
  nameHint: "So that you know it again: my phone, the blue key.",
  nameMissing: "Give it a name.",
  add: "Add a passkey",
  remove: (name: string) => `Remove ${name}`,
  since: (when: string) => `Added on ${when}`,
  unnamed: "Passkey",
};

export const sessionWords = {
  title: "Where you are signed in",
  loading: "Loading where you are signed in",
  here: "This device",
  since: (when: string) => `Since ${when}`,
  unknown: "An unknown program",
  end: "Sign out",
  endFor: (device: string) => `Sign out ${device}`,
  endAll: "Sign out everywhere",
};

export const dataWords = {
  title: "Your data",
  about: "Everything we know of you, in every community you belong to, as one file.",
  export: "Download my data",
  file: (day: string) => `my-tessera-data-${day}.json`,
};

export const eraseWords = {
  title: "Erase your account",
  about: "Your account, your name and your e-mail are deleted. What was borrowed stays on record, under no name.",
  open: "Erase my account",
  dialog: "Erase your account?",
  what: "You are signed out, and nobody can bring your account back. This has no undo.",
  first: "Something you still have must be brought back first.",
  password: "Your password",
  cancel: "Cancel",
  now: "Erase it now",
};
