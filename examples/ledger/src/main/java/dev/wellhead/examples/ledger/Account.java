package dev.wellhead.examples.ledger;

import com.google.gson.JsonObject;

/**
 * An account with its balance.
 *
 * @param code the number that transfers use
 * @param name the name for display
 * @param type one of asset, liability, equity, income or expense
 * @param currency the ISO 4217 code
 * @param balance the balance in minor units
 */
record Account(String code, String name, String type, String currency, long balance) {

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("account", code);
        json.addProperty("name", name);
        json.addProperty("type", type);
        json.addProperty("currency", currency);
        json.addProperty("balance", balance);
        return json;
    }
}
