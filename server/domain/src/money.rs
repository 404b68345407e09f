//! Money: an integer amount of minor units in a currency; it adds and multiplies without loss or not at all.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The largest amount either way: integers above 2^53 do not survive JavaScript.
pub const MAX_AMOUNT: i64 = (1 << 53) - 1;

/// An ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

/// The text is not three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three capital letters (ISO 4217)")]
pub struct InvalidCurrency;

impl Currency {
    /// The three letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("three ASCII letters")
    }
}

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| InvalidCurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Self(letters)) } else { Err(InvalidCurrency) }
    }
}

impl TryFrom<String> for Currency {
    type Error = InvalidCurrency;

    fn try_from(text: String) -> Result<Self, InvalidCurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: 1890 with EUR is 18.90 €. Within ±[`MAX_AMOUNT`].
    amount: i64,
    /// The currency.
    currency: Currency,
}

/// Why money does not compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amount would be beyond [`MAX_AMOUNT`].
    #[error("the amount is too large")]
    TooLarge,
    /// The two amounts are of different currencies.
    #[error("{0} and {1} do not add up")]
    CurrencyMismatch(Currency, Currency),
}

impl Money {
    /// This many minor units.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] beyond ±[`MAX_AMOUNT`].
    pub const fn new(amount: i64, currency: Currency) -> Result<Self, MoneyError> {
        if amount > MAX_AMOUNT || amount < -MAX_AMOUNT {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { amount, currency })
    }

    /// Minor units.
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum.
    ///
    /// # Errors
    /// If the currencies differ, or the sum is too large.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        // Two amounts within 2^53 cannot overflow an i64.
        Self::new(self.amount + other.amount, self.currency)
    }

    /// This amount so many times.
    ///
    /// # Errors
    /// If the product is too large.
    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        self.amount
            .checked_mul(quantity)
            .ok_or(MoneyError::TooLarge)
            .and_then(|amount| Self::new(amount, self.currency))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn eur() -> Currency {
        "EUR".parse().unwrap()
    }

    /// What exact arithmetic says, within the bounds of money.
    fn exact(amount: i128) -> Result<Money, MoneyError> {
        i64::try_from(amount).map_err(|_| MoneyError::TooLarge).and_then(|amount| Money::new(amount, eur()))
    }

    fn amounts() -> impl Strategy<Value = i64> {
        prop_oneof![
            -1000..=1000_i64,
            -MAX_AMOUNT..=MAX_AMOUNT,
            MAX_AMOUNT - 2..=MAX_AMOUNT,
            -MAX_AMOUNT..=-MAX_AMOUNT + 2
        ]
    }

    proptest! {
        #[test]
        fn sums_are_exact_or_refused(a in amounts(), b in amounts()) {
            let (x, y) = (Money::new(a, eur()).unwrap(), Money::new(b, eur()).unwrap());
            prop_assert_eq!(x.plus(y), exact(i128::from(a) + i128::from(b)));
            prop_assert_eq!(x.plus(y), y.plus(x));
        }

        #[test]
        fn products_are_exact_or_refused(a in amounts(), quantity in prop_oneof![-10..=1000_i64, any::<i64>()]) {
            let product = Money::new(a, eur()).unwrap().times(quantity);
            prop_assert_eq!(product, exact(i128::from(a) * i128::from(quantity)));
        }

        #[test]
        fn an_amount_is_kept_or_refused(amount: i64) {
            match Money::new(amount, eur()) {
                Ok(money) => prop_assert_eq!(money.amount(), amount),
                Err(error) => {
                    prop_assert_eq!(error, MoneyError::TooLarge);
                    prop_assert!(amount.unsigned_abs() > MAX_AMOUNT.unsigned_abs());
                }
            }
        }

        #[test]
        fn every_amount_survives_a_double_as_in_javascript(amount in amounts()) {
            let there_and_back = amount as f64 as i64;
            prop_assert_eq!(there_and_back, amount);
        }

        #[test]
        fn a_currency_is_three_capital_letters(text in "[A-Z]{3}|[A-Za-z]{2,4}|.{0,4}") {
            let is = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
            match text.parse::<Currency>() {
                Ok(currency) => {
                    prop_assert!(is);
                    prop_assert_eq!(currency.to_string(), text);
                }
                Err(InvalidCurrency) => prop_assert!(!is),
            }
        }
    }

    #[test]
    fn different_currencies_do_not_add_up() {
        let (euro, dollar) = (eur(), "USD".parse().unwrap());
        let sum = Money::new(1, euro).unwrap().plus(Money::new(1, dollar).unwrap());
        assert_eq!(sum, Err(MoneyError::CurrencyMismatch(euro, dollar)));
    }
}
