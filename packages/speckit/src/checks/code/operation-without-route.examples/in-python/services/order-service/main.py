import os
import httpx
from fastapi import APIRouter, FastAPI

BASE = os.environ["USER_SERVICE_URL"]
app = FastAPI()
router = APIRouter(prefix="/orders")


@router.get("")
def orders(): ...


@router.get("/{order_id}")
def order(order_id: str):
    return httpx.get(f"{BASE}/api/v1/users/{order_id}").json()


app.include_router(router, prefix="/api/v1")
producer.send("order.created", value=b"")
