import { useParams } from "wouter";
import { ViewScreen } from "../features/transfer/ViewScreen";
import { askWhy } from "./askWhy";

/** What the transfer at this address holds. */
export default function TransferRoute() {
  const { transferId = "" } = useParams<{ transferId: string }>();
  return <ViewScreen key={transferId} transferId={transferId} instead={askWhy} />;
}
