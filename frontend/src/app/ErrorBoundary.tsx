import { Component, type ReactNode } from "react";
import { useT } from "~/i18n";
import { Button, EmptyState } from "~/ui";

interface Props {
  children: ReactNode;
  /** A new value (the address) gives the page a new chance. */
  resetKey: string;
}

/** Holds a broken screen, keeps the bars, offers a fresh start. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.broken) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useT();
  return (
    <div className="tp-page" role="alert">
      <EmptyState
        title={t("app.broken.title")}
        action={<Button onClick={() => location.reload()}>{t("app.broken.button")}</Button>}
      >
        {t("app.broken.text")}
      </EmptyState>
    </div>
  );
}
