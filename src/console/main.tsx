import { showConsole } from "./first.tsx";

void showConsole();
