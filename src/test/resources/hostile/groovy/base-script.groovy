@groovy.transform.BaseScript Evil x
