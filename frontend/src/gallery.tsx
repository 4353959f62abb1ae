import { createRoot } from "react-dom/client";
import "./styles";
import { begin, Translations } from "./i18n";
import { Toasts } from "./ui";
import Gallery from "./ui/Gallery";

await begin();
createRoot(document.getElementById("root") as HTMLElement).render(
  <Translations>
    <Toasts>
      <Gallery />
    </Toasts>
  </Translations>,
);
