import { useT } from "~/i18n";
import { QuietLink } from "~/ui";
import { BringIn } from "./BringIn";
import { TakeAlong } from "./TakeAlong";
import "./takeaway.css";

/** "Alles meenemen": everything in one file, and bringing in what was made elsewhere. */
export default function TakeawayScreen() {
  const t = useT();
  return (
    <div className="tp-page tp-stack takeaway">
      <p>
        <QuietLink to="/ik" icon="back">
          {t("takeaway.back")}
        </QuietLink>
      </p>
      <header className="tp-stack">
        <h1 tabIndex={-1}>{t("takeaway.title")}</h1>
        <p>{t("takeaway.intro")}</p>
      </header>
      <TakeAlong />
      <BringIn />
    </div>
  );
}
