export { AccountPage } from "../account/account-page.tsx";
export { CodeScreen } from "./code/code-screen.tsx";
export { Find } from "./find/find.tsx";
export { Home } from "./home/home.tsx";
export { Loans } from "./loans/loans.tsx";
export { Myself } from "./me/myself.tsx";
export { MemberFrame } from "./member-frame.tsx";
export { Thing } from "./thing/thing.tsx";
