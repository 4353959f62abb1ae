import { useParams } from "wouter";
import { PortfolioScreen } from "../features/pupil-portfolio/PortfolioScreen";
import { askWhy } from "./askWhy";

/** The portfolio of the pupil at this address. */
export default function PortfolioRoute() {
  const { pupilId } = useParams<{ pupilId: string }>();
  return <PortfolioScreen key={pupilId} pupilId={pupilId} instead={askWhy} />;
}
